@NullMarked
package io.holdfast.server.alerts.mail;

import org.jspecify.annotations.NullMarked;
