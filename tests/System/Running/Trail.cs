namespace Clinic.SystemTests.Running;

/// <summary>Compares what every service says it published with what audit wrote down.</summary>
public static class Trail
{
    /// <summary>What its owner numbered and sealed.</summary>
    private const string Published = """
        select p.sequence, p.tenant_id as tenant, p.tenant_sequence, e.id::text as event_id, encode(l.event_hash, 'hex') as hash,
               e.stream_id as stream, e.version
        from clinic.publication p join clinic.log l using (position) join mt_events e on e.seq_id = l.seq_id order by p.sequence
        """;

    /// <summary>What audit has of it; the version of its own stream is the tenant sequence.</summary>
    private const string Recorded = """
        select (data ->> 'sequence')::bigint as sequence, tenant_id as tenant, version as tenant_sequence, data ->> 'eventId' as event_id,
               data ->> 'eventHash' as hash, data ->> 'subject' as stream, (data ->> 'streamVersion')::bigint as version
        from mt_events where stream_id = $1 order by 1
        """;

    /// <summary>
    /// Waits until everything public has arrived, then compares: nothing missing, nothing twice, numbers without holes, the
    /// owners' hashes.
    /// </summary>
    public static async Task Complete(RunningClinic clinic, int seconds = 40)
    {
        foreach (var producer in RunningClinic.Producers)
        {
            var (owner, audit) = (clinic.Ledger(producer), clinic.Ledger("audit"));
            await Eventually.True(async () =>
                await owner.Value<bool>("select not exists (select from clinic.log_queue) and (select size - 1 from clinic.log_head) <= "
                    + "(select coalesce(max(position), -1) from clinic.checkpoint where name = 'relay:numbered')")
                && await owner.Value<long>("select coalesce(max(sequence), 0) from clinic.publication")
                    == await audit.Value<long>("select coalesce(max(last), 0) from clinic.consumer where producer = $1", producer),
                $"audit to have everything of {producer}", seconds);
            var published = await owner.Rows(Published);
            var recorded = await audit.Rows(Recorded, "from-" + producer);
            recorded.Select(row => row.ToJsonString()).ShouldBe(published.Select(row => row.ToJsonString()), producer);
            published.Select(row => row["sequence"]!.GetValue<long>()).ShouldBe(Enumerable.Range(1, published.Count).Select(n => (long)n), producer);
            foreach (var tenant in published.GroupBy(row => row["tenant"]!.GetValue<string>()))
                tenant.Select(row => row["tenant_sequence"]!.GetValue<long>()).ShouldBe(Enumerable.Range(1, tenant.Count()).Select(n => (long)n), $"{producer} {tenant.Key}");
        }
    }
}
