import Link from 'next/link';

export function getServerSideProps({ params }) {
  return { props: { id: params.id } };
}

export default function Page({ id }) {
  return (
    <>
      <h1>Old {id}</h1>
      <Link href="/parts/5">part 5</Link>
    </>
  );
}
