import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useServedModels } from "@/api/served";
import { Code } from "@/app/Code";
import { useSession } from "@/auth/session";
import { serveUrl } from "@/environment";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { example } from "./status";
import type { NewToken } from "./types";

interface Props {
  token: NewToken;
  close: () => void;
}

/** The only time that a token is shown. A click beside it must not take it away. */
export function TokenShown({ token, close }: Props) {
  const { environment } = useSession();
  const { data: served = [] } = useServedModels("textgen");
  const base = serveUrl(environment);
  const usual = useConfiguration().global.defaultModel || served[0] || "your-model";
  const model = token.models?.[0] ?? usual;
  return (
    <Modal
      visible
      size="large"
      header={`The token “${token.name}”`}
      closeAriaLabel="Close"
      onDismiss={({ detail }) => detail.reason !== "overlay" && close()}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={close}>
            I have copied it
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <Alert type="warning" header="Copy it now">
          It is shown this once. Only a hash of it is kept, so nobody can show it again.
        </Alert>
        <Copied label="Token" text={token.token} />
        <Copied label="Base URL" text={base} />
        <FormField
          stretch
          label="Use it with OpenAI's client"
          description="Put the token into the variable LISA_TOKEN, and run this."
        >
          <Code label="Example in Python" text={example(base, model)} />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  return (
    <FormField label={label} stretch>
      <Box variant="code">
        <CopyToClipboard
          variant="inline"
          textToCopy={text}
          textToDisplay={<span className="breakable">{text}</span>}
          copyButtonAriaLabel={`Copy the ${label.toLowerCase()}`}
          copySuccessText="Copied"
          copyErrorText="It could not be copied: select it, and copy it by hand."
        />
      </Box>
    </FormField>
  );
}
