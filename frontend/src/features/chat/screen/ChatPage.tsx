import "./chat.css";
import { useCallback, useEffect, useState } from "react";
import { useLocation, useNavigate, useParams, useSearchParams } from "react-router";
import { useConfiguration } from "@/features/configuration/useConfiguration";
import { useRegistry } from "../session/registry";
import { Chat } from "./Chat";

/** The conversation that the address names, or a new one, which gets an address when it begins. */
export default function ChatPage() {
  const { sessionId } = useParams();
  const { key } = useLocation();
  const navigate = useNavigate();
  const registry = useRegistry();
  const { enabledComponents } = useConfiguration();
  useEffect(() => {
    registry.enabled = enabledComponents;
  }, [registry, enabledComponents]);
  const [fresh, setFresh] = useState(() => ({ key, conversation: registry.fresh() }));
  // Addresses that are typed, and links, all have one key: what has begun at it is not new.
  const another = fresh.key !== key || !fresh.conversation.unbegun;
  if (!sessionId && another) setFresh({ key, conversation: registry.fresh() });
  const conversation = sessionId ? registry.of(sessionId) : fresh.conversation;

  const model = useSearchParams()[0].get("model");
  useEffect(() => {
    // An address such as /chat?model=tiny-chat begins with that model.
    if (model && conversation.unbegun) conversation.configure({ model });
  }, [model, conversation]);

  const begun = useCallback((id: string) => navigate(`/chat/${id}`, { replace: true }), [navigate]);
  const create = useCallback(() => navigate("/chat"), [navigate]);
  const open = useCallback((id: string) => navigate(`/chat/${id}`), [navigate]);
  return <Chat conversation={conversation} onBegun={begun} onNew={create} onOpen={open} />;
}
