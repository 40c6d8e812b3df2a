import Button from "@cloudscape-design/components/button";

interface Props {
  number: number;
  of: number;
  onStep: (step: number) => void;
  disabled?: boolean;
}

/** Which of the versions of a message is shown, such as ‹ 2/3 ›. */
export function Versions({ number, of, onStep, disabled = false }: Props) {
  if (of < 2) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and has a frame.
    <span className="chat-versions" role="group" aria-label={`Version ${number} of ${of}`}>
      <Button
        variant="inline-icon"
        iconName="angle-left"
        ariaLabel="Version before"
        disabled={disabled || number <= 1}
        onClick={() => onStep(-1)}
      />
      <span>
        {number}/{of}
      </span>
      <Button
        variant="inline-icon"
        iconName="angle-right"
        ariaLabel="Next version"
        disabled={disabled || number >= of}
        onClick={() => onStep(1)}
      />
    </span>
  );
}
