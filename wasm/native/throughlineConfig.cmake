# find_package(throughline) ends up here and gives the target throughline::core.
include(CMakeFindDependencyMacro)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/throughlineTargets.cmake)
