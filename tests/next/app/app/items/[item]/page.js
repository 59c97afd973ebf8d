export const dynamic = 'force-dynamic';

export default async function Page({ params }) {
  const { item } = await params;
  return <h1>Item {item}</h1>;
}
