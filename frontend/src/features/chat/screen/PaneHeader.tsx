import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { countOf } from "../core/parameters";
import type { Models } from "../models/useModels";
import type { View } from "../session/view";
import { ModelPicker } from "./ModelPicker";

interface Props {
  view: View;
  models: Models;
  model: string;
  listed: boolean;
  onList: () => void;
  onModel: (model: string) => void;
  onSettings: () => void;
  onHelp: () => void;
}

/** Which model is asked, and with what. */
export function PaneHeader(props: Props) {
  const { view, models, model, listed, onList, onModel, onSettings, onHelp } = props;
  const { repository, parameters, systemPrompt } = view.setup;
  const set = countOf(parameters) + (systemPrompt ? 1 : 0);
  return (
    <div className="chat-head">
      <Button
        variant="icon"
        iconName="list-view"
        ariaLabel={listed ? "Hide chats" : "Show chats"}
        ariaExpanded={listed}
        onClick={onList}
      />
      <div className="chat-model">
        <ModelPicker models={models} chosen={model} onChoose={onModel} />
      </div>
      {repository && (
        <span className="chat-repository">
          <StatusIndicator type="info">From {repository}</StatusIndicator>
        </span>
      )}
      <span className="chat-space" />
      <Button
        iconName="settings"
        onClick={onSettings}
        ariaLabel={set > 0 ? `Settings, ${set} changed` : "Settings"}
      >
        {set > 0 ? `Settings (${set})` : "Settings"}
      </Button>
      <Button variant="icon" iconName="status-info" ariaLabel="Keys" onClick={onHelp} />
    </div>
  );
}
