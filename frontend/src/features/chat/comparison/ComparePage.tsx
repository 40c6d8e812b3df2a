import "../screen/chat.css";
import Button from "@cloudscape-design/components/button";
import type { PromptInputProps } from "@cloudscape-design/components/prompt-input";
import { useEffect, useRef, useState } from "react";
import { useAttachments } from "../files/useAttachments";
import { useModels } from "../models/useModels";
import { Composer } from "../screen/Composer";
import { SettingsPanel } from "../screen/SettingsPanel";
import { useFill } from "../screen/useFill";
import { BLANK } from "../session/view";
import type { Setup } from "../types";
import { CompareColumn } from "./CompareColumn";
import { added, type Column, FEWEST, firstColumns, MOST, removed, withModel } from "./columns";
import { ExportComparison } from "./ExportComparison";
import { useBusy } from "./useBusy";
import { useConversations } from "./useColumns";

/** The same question to two to four models, side by side. Nothing of it is kept. */
export default function ComparePage() {
  const models = useModels();
  const ready = models.all.filter((one) => !one.reason).map((one) => one.id);
  const [columns, setColumns] = useState<Column[]>([]);
  const [common, setCommon] = useState<Setup>(BLANK);
  const [settings, setSettings] = useState(false);
  const [text, setText] = useState("");
  const frame = useRef<HTMLDivElement>(null);
  const input = useRef<PromptInputProps.Ref>(null);
  const height = useFill(frame);
  const conversations = useConversations(columns, common);
  const all = columns.map((column) => conversations.of(column));
  const busy = useBusy(all);
  const attachments = useAttachments(columns[0]?.model ?? "");
  const loaded = !models.loading;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first columns are chosen once, when models are known.
  useEffect(() => {
    if (loaded) setColumns((now) => (now.length > 0 ? now : firstColumns(ready)));
  }, [loaded]);
  return (
    <div className="chat" ref={frame} style={{ blockSize: height }}>
      <div className="chat-pane">
        <h1 className="chat-title">Compare models</h1>
        <div className="chat-head">
          <AddModel full={columns.length >= MOST} onAdd={() => setColumns(added(columns, ready))} />
          <span className="chat-space" />
          <ExportComparison conversations={all} />
          <Button onClick={conversations.clear} disabled={busy}>
            Clear
          </Button>
          <Button iconName="settings" onClick={() => setSettings(true)}>
            Settings
          </Button>
        </div>
        <div className="chat-columns">
          {columns.map((column, at) => (
            <CompareColumn
              key={column.id}
              conversation={conversations.of(column)}
              models={models}
              model={column.model}
              place={at + 1}
              onModel={(model) => setColumns(withModel(columns, column.id, model))}
              onRemove={
                columns.length > FEWEST ? () => setColumns(removed(columns, column.id)) : undefined
              }
            />
          ))}
        </div>
        <Composer
          text={text}
          onText={setText}
          attachments={attachments}
          busy={busy}
          reason={columns.every((one) => one.model) ? undefined : "Choose a model for each column."}
          before=""
          input={input}
          onSend={(...said) => {
            for (const conversation of all) conversation.send(...said);
          }}
          onStop={() => {
            for (const conversation of all) conversation.stop();
          }}
        />
      </div>
      {settings && (
        <SettingsPanel
          setup={common}
          onChange={(fields) => setCommon({ ...common, ...fields })}
          onClose={() => setSettings(false)}
        />
      )}
    </div>
  );
}

function AddModel({ full, onAdd }: { full: boolean; onAdd: () => void }) {
  return (
    <Button
      iconName="add-plus"
      disabled={full}
      disabledReason={`${MOST} models at most are compared.`}
      onClick={onAdd}
    >
      Add a model
    </Button>
  );
}
