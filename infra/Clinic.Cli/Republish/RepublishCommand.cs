using System.CommandLine;
using Clinic.Contracts.Messaging;
using Clinic.Messaging;

namespace Clinic.Cli.Republish;

/// <summary><c>clinic republish</c>.</summary>
public static class RepublishCommand
{
    public static Command Build()
    {
        var service = new Option<string>("--service") { Description = "Whose events.", Required = true };
        var to = new Option<string>("--to") { Description = "Who gets them again: a service, or a clinic system such as north.ehr.", Required = true };
        var from = new Option<long>("--from") { Description = "First sequence; a clinic system's own count.", Required = true };
        var upTo = new Option<long>("--up-to") { Description = "Last sequence, inclusive; default all there is.", DefaultValueFactory = _ => long.MaxValue };
        var queue = new Option<string>("--queue") { Description = "For a clinic system: which of its queues events.USER.…" };
        var json = new Option<bool>("--json");
        var command = new Command("republish", """
            Asks a service to publish events again, in the name of the consumer that is to get them and into its queue alone. What
            it has seen before it drops. A clinic system gets at most 1,000 for each request.

            Exit codes: 0 asked, 1 the broker does not answer, 2 wrong usage.
            """) { service, to, from, upTo, queue, json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var (producer, consumer, replyTo) = (parsed.GetRequiredValue(service), parsed.GetRequiredValue(to), parsed.GetValue(queue));
            var request = new RepublishRequested(consumer, producer, parsed.GetValue(from), parsed.GetValue(upTo));
            Check(request, replyTo);
            await RepublishAsker.Ask(Installed.Here().Bus(consumer), request, replyTo, ct);
            if (parsed.GetValue(json)) Output.Json(request);
            else Console.WriteLine($"republish: asked {producer} for {request.FromSequence} to {(request.UpToSequence == long.MaxValue ? "the last" : request.UpToSequence)} into {replyTo ?? Topology.OrderedQueue(consumer, producer)}");
            return ExitCode.Done;
        }));
        return command;
    }

    /// <summary>What the producer would refuse, where nobody sees it but in its log.</summary>
    private static void Check(RepublishRequested request, string? queue)
    {
        if (!Installed.Services.Contains(request.Producer)) throw new UsageException($"--service: one of {string.Join(", ", Installed.Services)}");
        if (request.FromSequence < 1 || request.UpToSequence < request.FromSequence) throw new UsageException("--from: at least 1 and at most --up-to");
        if (request.Consumer.Contains('.', StringComparison.Ordinal))
        {
            if (queue?.StartsWith($"events.{request.Consumer}.", StringComparison.Ordinal) != true) throw new UsageException($"--queue: a queue events.{request.Consumer}.…");
        }
        else if (!Installed.Topology.TryGetValue(request.Consumer, out var consumer) || !consumer.Follows.Contains(request.Producer))
            throw new UsageException($"--to: {request.Consumer} does not follow {request.Producer}");
        else if (queue is not null) throw new UsageException("--queue: only for a clinic system");
    }
}
