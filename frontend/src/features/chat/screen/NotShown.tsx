import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { sentence } from "@/api/errors";
import type { View } from "../session/view";

interface Props {
  view: View;
  again: () => void;
}

/** In the place of a conversation that could not be loaded, or is not there. */
export function NotShown({ view, again }: Props) {
  const missing = view.state === "missing";
  return (
    <div className="chat-pane">
      <h1 className="chat-title">Chat</h1>
      {missing ? (
        <Alert
          type="warning"
          header="This chat is not here"
          action={<Button href="#/chat">New chat</Button>}
        >
          It was deleted, or is somebody else's. Yours are listed under Chats.
        </Alert>
      ) : (
        <Alert
          type="error"
          header="This chat could not be loaded"
          action={<Button onClick={again}>Try again</Button>}
        >
          {sentence(view.error)}
        </Alert>
      )}
    </div>
  );
}
