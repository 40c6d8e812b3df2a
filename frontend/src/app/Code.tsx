import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";

/** A piece of code to be copied. */
export function Code({ label, text }: { label: string; text: string }) {
  return (
    <div className="code">
      <pre>{text}</pre>
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={`Copy: ${label}`}
        copySuccessText="Copied"
        copyErrorText="It could not be copied: select it, and copy it by hand."
      />
    </div>
  );
}
