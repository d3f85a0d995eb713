/** What runs do, as it is written down and looked up: each run, each record's fate, each error, each recovery. */
@NullMarked
package io.holdfast.server.audit;

import org.jspecify.annotations.NullMarked;
