import SupportPromptGroup from "@cloudscape-design/chat-components/support-prompt-group";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useConfiguration } from "@/features/configuration/useConfiguration";

const BEGINNINGS: Record<string, string> = {
  explain: "Explain in simple words: ",
  summarise: "Summarise the attached document in five points.",
  write: "Write a short, friendly message that says: ",
  code: "Write a Python function that ",
};

const TITLES = [
  { id: "explain", text: "Explain something" },
  { id: "summarise", text: "Summarise a document" },
  { id: "write", text: "Write a message" },
  { id: "code", text: "Write code" },
];

/** Before the first words. */
export function Welcome({ onChoose }: { onChoose: (text: string) => void }) {
  const { uploadContextDocs, ragSelectionAvailable } = useConfiguration().enabledComponents;
  return (
    <div className="chat-welcome">
      <SpaceBetween size="l" alignItems="center">
        <Box variant="h1" textAlign="center">
          What do you want to know?
        </Box>
        <Box color="text-body-secondary" textAlign="center">
          {uploadContextDocs ? "Ask below, with files if you like." : "Ask below."}{" "}
          {ragSelectionAvailable &&
            "Settings lets answers come from your organisation's documents. "}
          Answers can be wrong: check what matters.
        </Box>
        <SupportPromptGroup
          ariaLabel="Beginnings"
          alignment="horizontal"
          items={TITLES.filter(({ id }) => uploadContextDocs || id !== "summarise")}
          onItemClick={({ detail }) => onChoose(BEGINNINGS[detail.id] ?? "")}
        />
      </SpaceBetween>
    </div>
  );
}
