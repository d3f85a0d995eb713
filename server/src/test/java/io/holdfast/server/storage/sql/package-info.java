@NullMarked
package io.holdfast.server.storage.sql;

import org.jspecify.annotations.NullMarked;
