using Clinic.EventLog;

namespace Clinic.Bench;

/// <summary>The same appends and loads with few and with many events stored: indexes grow, the work must not.</summary>
internal static class Growth
{
    private const long Few = 100_000, PerStream = 20;

    public static async Task Run(Setup setup, Report report)
    {
        await Fill(setup, 0, Few);
        var (append, load) = await Measure(setup, report, Few);
        await Fill(setup, Few, report.Options.Events);
        var (appendMany, loadMany) = await Measure(setup, report, report.Options.Events);
        // time per piece of work, so that more than 1 is slower; "floor" is the small database
        report.Add($"append at {report.Options.Events} events to {Few}, 32 writers", "ms/1000", 1e6 / appendMany, 1e6 / append);
        report.Add($"load of 20 at {report.Options.Events} events to {Few}, 8 readers", "ms/1000", 1e6 / loadMany, 1e6 / load);
    }

    private static async Task<(double Append, double Load)> Measure(Setup setup, Report report, long events)
    {
        var time = report.Options.Round;
        var medians = await report.Interleaved($"{events} events",
            ("append", async () =>
            {
                var rate = await Work.PerSecond(32, time, (c, n) => Appending.Append(setup.Store, "g-" + Guid.NewGuid(), 0, Sample.Event(n)));
                await setup.Drained();
                return rate;
            }
        ),
            ("load", () => Work.PerSecond(8, time, async (r, n) =>
            {
                await using var connection = await setup.Database.Reader.OpenConnectionAsync();
                // cold: the cache would hide what grows
                await new TransactionalEventStore(connection, Sample.Types, Sample.Seal)
                    .Load<Notes>(Sample.Tenant, $"fill-{Random.Shared.NextInt64(events / PerStream)}", default, default);
            }
            )));
        return (medians[0], medians[1]);
    }

    /// <summary>By SQL, as the superuser: the seals are not real, and nothing here verifies them.</summary>
    internal static async Task Fill(Setup setup, long from, long to)
    {
        for (var at = from; at < to; at += Few)
        {
            await setup.Test.AsSuperuser($$"""
                insert into public.mt_streams (tenant_id, id, type, version, timestamp, created)
                select '{{Sample.Tenant}}', 'fill-' || s, 'notes', {{PerStream}}, now(), now() from generate_series({{at / PerStream}}, {{(at + Few) / PerStream - 1}}) s;
                with e as materialized (
                    insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
                    select nextval('public.mt_events_sequence'), gen_random_uuid(), 'fill-' || (n / {{PerStream}}), n % {{PerStream}} + 1,
                        jsonb_build_object('clientId', 'c', 'sessionId', 's', 'author', 'a', 'kind', 'k', 'minutes', 1, 'codes', '[]'::jsonb, 'text', repeat('x', 220)),
                        'noted', now(), '{{Sample.Tenant}}' from generate_series({{at}}, {{at + Few - 1}}) n returning seq_id, id)
                insert into clinic.log (position, seq_id, event_id, event_hash, mac, mac_key, logged_at)
                select h.size + row_number() over (order by e.seq_id) - 1, e.seq_id, e.id, sha256('x'), sha256('x'), 'k1', h.logged_at from e, clinic.log_head h;
                """);
            // the sequencer compares the size, so it notices that it was overtaken and starts again
            await setup.Test.AsSuperuser($"update clinic.log_head set size = size + {Few}");
            Report.Progress($"filled {at + Few}/{to}");
        }
        await setup.Test.AsSuperuser("analyze public.mt_events; analyze public.mt_streams; analyze clinic.log");
    }
}
