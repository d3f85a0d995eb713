/**
 * Collections declared as annotated Java records. The only place of core that uses reflection.
 *
 * {@snippet :
 * @Collection("entries")
 * @Indexed({"account", "at"})
 * record Entry(@Id String id, @Length(80) String account, Instant at, @Merge(MergeRule.COUNTER) long views, Optional<String> notes) {}
 *
 * RecordBinding<Entry> entries = RecordBinding.of(Entry.class);
 * Schema schema = RecordBinding.schema("journal", 1, entries);
 * }
 */
@NullMarked
package io.holdfast.core.schema.binding;

import org.jspecify.annotations.NullMarked;
