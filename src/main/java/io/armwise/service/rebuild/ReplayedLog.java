package io.armwise.service.rebuild;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The log from its beginning on, read to one stop after the other. One thread. */
interface ReplayedLog extends AutoCloseable {
  /** Receives records, in the order of each partition. */
  interface Sink {
    /** Some more of them. */
    void accept(List<ConsumerRecord<byte[], byte[]>> records);
  }

  /** Reads on to {@code stop}, which lies nowhere before the last stop. */
  void readTo(Map<Integer, Long> stop, Sink sink);

  @Override
  void close();
}
