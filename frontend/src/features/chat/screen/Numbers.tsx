import Box from "@cloudscape-design/components/box";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { facts } from "../core/format";
import type { Message } from "../types";

/** What is known of an answer: tokens, times and cost, unless they are switched off. */
export function Numbers({ message }: { message: Message }) {
  const { viewMetaData } = useConfiguration().enabledComponents;
  const known = viewMetaData ? facts(message) : [];
  if (known.length === 0) return null;
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      {known.join(" · ")}
    </Box>
  );
}
