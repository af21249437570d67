package io.armwise.service.evidence;

import io.armwise.service.evidence.PreparedBatch.Range;
import java.util.List;
import java.util.Map;

/**
 * What has been read of the log at once.
 *
 * @param records in the order of each partition
 * @param ranges per partition what they cover
 * @param lag records of the same partitions that are known and not read yet
 */
record LogBatch(List<LogRecord> records, Map<Integer, Range> ranges, long lag) {}
