export function getServerSideProps({ params }) {
  return { props: { part: params.part } };
}

export default function Page({ part }) {
  return <h1>Part {part}</h1>;
}
