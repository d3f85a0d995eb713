/** Addresses for people and programs that look at records, scopes and history; nothing is written here. */
@NullMarked
package io.holdfast.server.http.look;

import org.jspecify.annotations.NullMarked;
