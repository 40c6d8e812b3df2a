import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import type { Models } from "../models/useModels";
import { Messages } from "../screen/Messages";
import { ModelPicker } from "../screen/ModelPicker";
import { type Shown, Side } from "../screen/Side";
import { useBottom } from "../screen/useBottom";
import { useDoing } from "../screen/useDoing";
import type { Conversation } from "../session/conversation";
import { useView } from "../session/registry";

interface Props {
  conversation: Conversation;
  models: Models;
  model: string;
  place: number;
  onModel: (model: string) => void;
  /** Nothing where there are no more than must be. */
  onRemove?: () => void;
}

const NO_MODELS: string[] = [];

/** One of the models, and what it says. */
export function CompareColumn(props: Props) {
  const { conversation, models, model, place, onModel, onRemove } = props;
  const view = useView(conversation);
  const bottom = useBottom();
  const [side, setSide] = useState<Shown | null>(null);
  const doing = useDoing(conversation, setSide);
  return (
    <section className="chat-column" aria-label={`Model ${place}`}>
      <div className="chat-head">
        <div className="chat-model">
          <ModelPicker models={models} chosen={model} onChoose={onModel} label={`Model ${place}`} />
        </div>
        {onRemove && (
          <Button
            variant="icon"
            iconName="close"
            ariaLabel={`Take model ${place} away`}
            onClick={onRemove}
          />
        )}
      </div>
      <Messages
        view={view}
        models={NO_MODELS}
        doing={doing}
        bottom={bottom}
        label={`What model ${place} says`}
        empty={
          <Box color="text-body-secondary" textAlign="center" padding="xl">
            Ask below: each model gets the same question. Nothing of this is kept; export it to keep
            it.
          </Box>
        }
      />
      <Side
        side={side}
        view={view}
        onConfigure={(fields) => conversation.configure(fields)}
        onNumber={(number) => side?.kind === "source" && setSide({ ...side, number })}
        onClose={() => setSide(null)}
      />
    </section>
  );
}
