/** What a source says and what a target holds, compared: in memory that does not grow with the records. */
@NullMarked
package io.holdfast.server.run.compare;

import org.jspecify.annotations.NullMarked;
