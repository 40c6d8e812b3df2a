import Box from "@cloudscape-design/components/box";
import Cards from "@cloudscape-design/components/cards";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Header from "@cloudscape-design/components/header";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { useServedModels } from "@/api/served";
import { Empty } from "@/app/Empty";
import { Problem } from "@/app/Problem";
import { useSession } from "@/auth/session";
import { serveUrl } from "@/environment";

/** A model's name is all that a request needs, and all that the gateway tells. */
const CARD = {
  header: (modelId: string) => (
    <CopyToClipboard
      variant="inline"
      textToDisplay={modelId}
      textToCopy={modelId}
      copyButtonAriaLabel={`Copy ${modelId}`}
      copySuccessText="Copied"
      copyErrorText="Your browser did not let this page copy."
    />
  ),
};

/** The models that the caller may call. */
export default function LibraryPage() {
  const models = useServedModels();
  const { environment } = useSession();
  const [words, setWords] = useState("");
  if (models.error && !models.data) {
    const header = "The models could not be loaded";
    return <Problem header={header} error={models.error} again={models.refetch} />;
  }
  const all = models.data ?? [];
  const found = all.filter((id) => id.toLowerCase().includes(words.toLowerCase()));
  return (
    <Cards
      variant="full-page"
      items={found}
      cardDefinition={CARD}
      trackBy={(id) => id}
      loading={models.isPending}
      loadingText="Loading models…"
      cardsPerRow={[{ cards: 1 }, { minWidth: 500, cards: 2 }, { minWidth: 900, cards: 3 }]}
      header={
        <Header
          variant="h1"
          counter={models.isPending ? "" : `(${all.length})`}
          description={
            <>
              What you may call: in the chat, and from programs at{" "}
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
    <Empty header="No models">
      None is in service for you. Ask an administrator, who sees all of them under Models.
    </Empty>
  );
}
