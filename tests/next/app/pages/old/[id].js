export function getServerSideProps({ params }) {
  return { props: { id: params.id } };
}

export default function Page({ id }) {
  return <h1>Old {id}</h1>;
}
