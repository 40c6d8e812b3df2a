import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Cards, { type CardsProps } from "@cloudscape-design/components/cards";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { inService, type Listed, reasonOf, useListedModels } from "@/api/served";
import { Empty } from "@/app/Empty";
import { some } from "@/app/format";
import { Problem } from "@/app/Problem";
import { useCaller, useSession } from "@/auth/session";
import { serveUrl } from "@/environment";
import { priceOf } from "./price";
import { lookOf } from "./status";
import type { Status } from "./types";

/** What each type of model is for. */
const USES: Record<string, string> = {
  textgen: "Chat and text",
  embedding: "Embeddings of texts",
  rerank: "Ranking of texts",
  imagegen: "Pictures",
  speech: "Speech",
  transcription: "Transcription",
  moderation: "Moderation",
};

const CARD: CardsProps.CardDefinition<Listed> = {
  header: ({ id }) => (
    <CopyToClipboard
      variant="inline"
      textToDisplay={id}
      textToCopy={id}
      copyButtonAriaLabel={`Copy ${id}`}
      copySuccessText="Copied"
      copyErrorText="Your browser did not let this page copy."
    />
  ),
  sections: [
    { id: "state", header: "State", content: (model) => <State model={model} /> },
    { id: "use", header: "For", content: (model) => useOf(model) },
    { id: "context", header: "Reads at once", content: (model) => contextOf(model) },
    { id: "price", header: "Costs about", content: (model) => priceOf(model.pricing) },
    {
      id: "chat",
      content: (model) =>
        model.model_type === "textgen" && inService(model) && <Chat id={model.id} />,
    },
  ],
};

function Chat({ id }: { id: string }) {
  return (
    <Button href={`#/chat?model=${encodeURIComponent(id)}`} ariaLabel={`Chat with ${id}`}>
      Chat
    </Button>
  );
}

/** How a model fares; of one that cannot be called, why not and what to do. */
function State({ model }: { model: Listed }) {
  const { admin } = useCaller();
  const look = lookOf((model.status ?? "InService") as Status);
  return (
    <>
      <StatusIndicator type={look.type}>{look.text}</StatusIndicator>
      {!inService(model) && <Box color="text-body-secondary">{reasonOf(model, admin)}</Box>}
    </>
  );
}

function useOf({ model_type: type = "", description }: Listed): string {
  const use = USES[type] ?? (type || "Not known");
  return description ? `${use}: ${description}` : use;
}

function contextOf({ context_window: tokens }: Listed): string {
  return tokens ? some(tokens, "token") : "Not known";
}

/** The models that the caller may use. */
export default function LibraryPage() {
  const models = useListedModels();
  const { environment } = useSession();
  const [words, setWords] = useState("");
  if (models.error && !models.data) {
    const header = "The models could not be loaded";
    return <Problem header={header} error={models.error} again={models.refetch} />;
  }
  const all = models.data ?? [];
  const found = all.filter(({ id }) => id.toLowerCase().includes(words.toLowerCase()));
  return (
    <Cards
      variant="full-page"
      items={found}
      cardDefinition={CARD}
      trackBy={(model) => model.id}
      loading={models.isPending}
      loadingText="Loading models…"
      cardsPerRow={[{ cards: 1 }, { minWidth: 500, cards: 2 }, { minWidth: 900, cards: 3 }]}
      header={
        <Header
          variant="h1"
          counter={models.isPending ? "" : `(${all.length})`}
          description={
            <>
              What you may use: in the chat, and from programs at{" "}
              <Box variant="code">{serveUrl(environment)}</Box> with an API token.
            </>
          }
        >
          Model library
        </Header>
      }
      filter={
        <TextFilter
          filteringText={words}
          filteringAriaLabel="Find models"
          filteringPlaceholder="Find models"
          onChange={({ detail }) => setWords(detail.filteringText)}
        />
      }
      empty={words ? <Empty header="No models match">Try fewer letters.</Empty> : <NoModels />}
    />
  );
}

function NoModels() {
  return (
    <Empty header="No models">There is none that you may use. Ask an administrator for one.</Empty>
  );
}
