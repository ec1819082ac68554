using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Clinic.Messaging;

/// <summary>A message as the broker handed it over.</summary>
internal sealed record RawMessage(IReadOnlyBasicProperties Properties, byte[] Body);

/// <summary>
/// Hands a receive endpoint's messages to a function and stops there: what comes behind (deserialising, dead-letter and
/// error queues) is never reached, so nothing is ever moved, and a message is acknowledged when the function returns.
/// </summary>
internal sealed class RawEndpoint(Func<RawMessage, CancellationToken, Task> handle) : IPipeSpecification<ReceiveContext>, IFilter<ReceiveContext>
{
    public static void Configure(IReceiveEndpointConfigurator endpoint, Func<RawMessage, CancellationToken, Task> handle) =>
        ((IReceivePipelineConfigurator)endpoint).ConfigureReceive(receive => receive.AddPipeSpecification(new RawEndpoint(handle)));

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        handle(new RawMessage(context.GetPayload<RabbitMqBasicConsumeContext>().Properties, context.GetBody()), context.CancellationToken);

    public void Apply(IPipeBuilder<ReceiveContext> builder) => builder.AddFilter(this);

    public IEnumerable<ValidationResult> Validate() => [];

    public void Probe(ProbeContext context) => context.CreateFilterScope("raw");
}
