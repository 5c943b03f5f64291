package org.brokertck.reference.pubsub;

import org.brokertck.api.message.Message;

/** A message on its way to subscribers, and where it is counted. */
record Copy(Message message, TopicCounter counter) {}
