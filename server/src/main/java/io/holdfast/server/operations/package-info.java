/** What operators work with, put together over one database. */
@NullMarked
package io.holdfast.server.operations;

import org.jspecify.annotations.NullMarked;
