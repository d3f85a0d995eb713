/** Property sellers: from the office's sheets to a database, verified. The runs are the server's; what they run on is here. */
@NullMarked
package io.holdfast.sellers;

import org.jspecify.annotations.NullMarked;
