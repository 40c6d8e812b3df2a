import Flashbar from "@cloudscape-design/components/flashbar";
import { useState } from "react";
import { useConfiguration } from "./useConfiguration";

const READ = "lisa.announcement.read";

/** What the administrators tell everybody, until it is closed; what is told next is shown again. */
export function Announcement() {
  const { isEnabled, message } = useConfiguration().announcement;
  const [read, setRead] = useState(() => window.localStorage.getItem(READ));
  if (!isEnabled || !message.trim() || message === read) return null;
  const dismiss = () => {
    window.localStorage.setItem(READ, message);
    setRead(message);
  };
  return (
    <Flashbar
      items={[
        {
          id: "announcement",
          type: "info",
          content: <span className="lines">{message}</span>,
          dismissible: true,
          dismissLabel: "Close the announcement",
          onDismiss: dismiss,
        },
      ]}
    />
  );
}
