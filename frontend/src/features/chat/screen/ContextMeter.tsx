import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { cost, fill, tokens } from "../core/format";

interface Props {
  used: number;
  window: number | undefined;
  /** In US dollars; 0 where nobody knows. */
  spent: number;
}

/** How much of what the model can read is taken; from four fifths on it warns. */
export function ContextMeter({ used, window, spent }: Props) {
  const filled = fill(used, window);
  const price = spent > 0 ? ` · about ${cost(spent)}` : "";
  if (!filled) {
    return (
      <Box fontSize="body-s" color="text-body-secondary">
        {used > 0 ? `about ${tokens(used)} tokens${price}` : ""}
      </Box>
    );
  }
  const text = `${filled.percent} % of ${tokens(filled.window)} tokens`;
  return filled.nearlyFull ? (
    <StatusIndicator type="warning">
      {text}: start a new chat, or send less history{price}
    </StatusIndicator>
  ) : (
    <Box fontSize="body-s" color="text-body-secondary">
      {text}
      {price}
    </Box>
  );
}
