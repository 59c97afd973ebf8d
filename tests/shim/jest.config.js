/** The shim in Node and jsdom, through the built module. Types are checked by `npm run typecheck`. */
export default {
  rootDir: '../..',
  roots: ['<rootDir>/tests/shim'],
  testMatch: ['**/*.test.ts'],
  // A file that needs a page says `@jest-environment ./tests/shim/page-environment.js`.
  testEnvironment: 'node',
  testTimeout: 30_000,
  cacheDirectory: '<rootDir>/build/jest',
  // TypeScript's imports name the file that would be written.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Written for `import` only.
  transformIgnorePatterns: ['/node_modules/(?!error-stack-parser-es/)'],
  transform: {
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
};
