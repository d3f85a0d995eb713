package io.holdfast.core.protocol;

/**
 * Who asks, in every message of a device.
 *
 * @param protocol version of the messages
 * @param request number of the request within this incarnation, echoed in the answer
 * @param replica the store's id
 * @param incarnation the store's opening
 */
public record Sender(int protocol, long request, String scope, String replica, long incarnation, SchemaRef schema) {}
