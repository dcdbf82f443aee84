export function Screen() {
  return <h1>Inbox</h1>;
}
