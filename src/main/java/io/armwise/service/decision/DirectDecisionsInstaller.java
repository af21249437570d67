package io.armwise.service.decision;

import io.armwise.service.platform.security.ApiKeys;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import jakarta.inject.Singleton;

/** Puts {@link DirectDecisions} before the framework in every connection that speaks HTTP/1. */
@Singleton
final class DirectDecisionsInstaller
    implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final BeanProvider<DecisionAnswers> answers;
  private final BeanProvider<ApiKeys> keys;

  DirectDecisionsInstaller(BeanProvider<DecisionAnswers> answers, BeanProvider<ApiKeys> keys) {
    this.answers = answers;
    this.keys = keys;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(
        new NettyServerCustomizer() {
          @Override
          public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
          }
        });
    return registry;
  }

  private final class Connection implements NettyServerCustomizer {
    private final Channel channel;

    Connection(Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel child, ChannelRole role) {
      return this;
    }

    @Override
    public void onStreamPipelineBuilt() {
      ChannelPipeline pipeline = channel.pipeline();
      if (pipeline.get(HttpServerCodec.class) != null) {
        pipeline.addBefore(
            ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
            "decisions",
            new DirectDecisions(answers.get(), keys.get()));
      }
    }
  }
}
