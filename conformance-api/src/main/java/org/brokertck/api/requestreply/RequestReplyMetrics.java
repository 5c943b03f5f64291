package org.brokertck.api.requestreply;

/**
 * What one instance counted since it was opened. At rest {@code requested = answered + failed + timedOut + abandoned}; at any
 * time {@code pending} makes up the difference.
 *
 * @param requested requests that were taken in; those refused for their arguments, their size or a closed instance are none
 * @param answered requests that ended with a reply
 * @param failed requests that ended with the failure of a responder
 * @param timedOut requests that ended because their time ran out
 * @param abandoned requests that ended in any other way: no responder, a lost server, a close, an interrupt, a cancelled future
 * @param pending requests that have not ended; when they do nothing is kept of them (rule Y-1)
 * @param responders responders of this instance that live now
 */
public record RequestReplyMetrics(
        long requested, long answered, long failed, long timedOut, long abandoned, int pending, int responders) {}
