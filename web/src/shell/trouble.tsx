/** Something that went wrong, said calmly. */
export function Trouble({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p className="trouble" role="alert">
      {text}
    </p>
  );
}
