/**
 * The reference of request/reply. {@link org.brokertck.reference.requestreply.InMemoryRequestReply} is the way in: a book knows what
 * is pending and ends each request once, each topic has a line in which requests wait for its responders, and each responder is a
 * thread that takes from there.
 */
@NullMarked
package org.brokertck.reference.requestreply;

import org.jspecify.annotations.NullMarked;
