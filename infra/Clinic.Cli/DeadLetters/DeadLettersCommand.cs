using System.CommandLine;
using System.Globalization;
using Clinic.Messaging;
using Letters = Clinic.Messaging.DeadLetters;

namespace Clinic.Cli.DeadLetters;

/// <summary><c>clinic dead-letters list|show|redrive</c>.</summary>
public static class DeadLettersCommand
{
    private static readonly Option<string> Queue = new("--queue") { Description = "Only those that died in this queue." };
    private static readonly Option<bool> Json = new("--json");

    public static Command Build() => new("dead-letters", "What the broker took out of a queue because it had been delivered too often.") { List(), Show(), Redrive() };

    private static Command List()
    {
        var command = new Command("list", """
            Lists them, oldest first, and takes none away; at most 1,000 at once.

            Exit codes: 0 done, also when there are some; 1 the broker does not answer; 2 wrong usage.
            """) { Queue, Json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var letters = Wanted(await Look(ct), parsed.GetValue(Queue)).ToArray();
            if (parsed.GetValue(Json)) Output.Json(letters.Select(l => View(l.Letter, l.Number, body: false)));
            else if (letters.Length == 0) Console.WriteLine("dead-letters: none");
            else
                Output.Table(["#", "died", "queue", "reason", "type", "user", "bytes", "message id"], letters.Select(l => new[]
                {
                    l.Number.ToString(CultureInfo.InvariantCulture), l.Letter.At?.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), l.Letter.Queue,
                    l.Letter.Reason, l.Letter.Type, l.Letter.User, l.Letter.Size.ToString(CultureInfo.InvariantCulture), l.Letter.Id
                }));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Show()
    {
        var which = new Argument<string>("WHICH") { Description = "A message id, or the number that list shows." };
        var body = new Option<bool>("--body") { Description = "Also the body, which may hold a person's data." };
        var command = new Command("show", """
            Shows one with its headers and size.

            Exit codes: 0 done, 1 there is none of that name, 2 wrong usage.
            """) { which, body, Json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var name = parsed.GetRequiredValue(which);
            var found = Wanted(await Look(ct), null).FirstOrDefault(l => l.Letter.Id == name || l.Number.ToString(CultureInfo.InvariantCulture) == name);
            if (found.Letter is not { } letter) throw new IOException($"no dead letter '{Output.Printable(name)}'");
            if (parsed.GetValue(Json)) Output.Json(View(letter, found.Number, parsed.GetValue(body)));
            else
            {
                Output.Table(["", ""], [["message id", letter.Id], ["type", letter.Type], ["user", letter.User], ["queue", letter.Queue], ["reason", letter.Reason],
                    ["came by", $"{letter.Exchange} / {letter.RoutingKey}"], ["bytes", letter.Size.ToString(CultureInfo.InvariantCulture)],
                    .. letter.Headers.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => new[] { h.Key, h.Value })]);
                if (parsed.GetValue(body)) Console.WriteLine(Output.Printable(letter.Body));
            }
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Redrive()
    {
        var id = new Option<string>("--id") { Description = "Only the one with this message id." };
        var command = new Command("redrive", """
            Sends them back to the queues they died in, as their senders sent them; each leaves here when the broker has confirmed
            it there. What made them die should be mended first. Those whose queue is gone stay.

            Exit codes: 0 done, 1 some could not go back, 2 wrong usage.
            """) { Queue, id, Json };
        command.SetAction((parsed, ct) => ExitCode.Of(async () =>
        {
            var (queue, only) = (parsed.GetValue(Queue), parsed.GetValue(id));
            var wanted = 0;
            var done = await Letters.Redrive(Installed.Here().Bus("admin"), letter =>
            {
                var is_ = (queue is null || letter.Queue == queue) && (only is null || letter.Id == only);
                if (is_) wanted++;
                return is_;
            }, ct);
            if (parsed.GetValue(Json)) Output.Json(done);
            else Console.WriteLine($"dead-letters: {done.Sent} sent back, {done.Left} left");
            return done.Sent == wanted ? ExitCode.Done : ExitCode.Failed;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<DeadLetter>> Look(CancellationToken ct) => await Letters.Look(Installed.Here().Bus("admin"), ct);

    private static IEnumerable<(DeadLetter Letter, int Number)> Wanted(IReadOnlyList<DeadLetter> letters, string? queue) =>
        letters.Select((letter, index) => (letter, index + 1)).Where(l => queue is null || l.letter.Queue == queue);

    private static object View(DeadLetter l, int number, bool body) => new
    {
        number,
        l.Id,
        l.Type,
        l.User,
        l.Queue,
        l.Reason,
        died = l.At,
        l.Exchange,
        l.RoutingKey,
        bytes = l.Size,
        l.Headers,
        body = body ? l.Body : null
    };
}
