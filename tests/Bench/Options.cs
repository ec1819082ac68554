namespace Clinic.Bench;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options(int Rounds, TimeSpan Round, bool Full, long Events, string Out, string? Only, bool Sequencer = true, int[]? Writers = null)
{
    public const string Usage = """
        bench [--quick] [--full [--events N]] [--only TEXT] [--no-sequencer] [--out FILE]
          --quick    two short rounds, for trying; its figures mean little
          --full     also appends and loads with N (default 10000000) events stored, against 100000: takes long, and 1 GB per million
          --only     rows whose group contains TEXT: append, load, rebuild, field, lag, bus, drift, memory, service, proof, growth
          --writers  appends by this many writers only: 1, 8, 32, 128 unless told
          --no-sequencer  appends that nobody gives positions: what the sequencer costs them
          --out      default artifacts/bench.json
        """;

    public static Options? Parse(string[] args)
    {
        var options = new Options(5, TimeSpan.FromSeconds(3), false, 10_000_000, "artifacts/bench.json", null);
        for (var i = 0; i < args.Length; i++)
        {
            string? Value() => ++i < args.Length ? args[i] : null;
            var next = args[i] switch
            {
                "--quick" => options with { Rounds = 2, Round = TimeSpan.FromSeconds(1) },
                "--full" => options with { Full = true },
                "--events" => long.TryParse(Value(), out var events) ? options with { Events = events } : null,
                "--no-sequencer" => options with { Sequencer = false, Only = "append" },
                "--writers" => int.TryParse(Value(), out var writers) ? options with { Writers = [writers], Only = "append" } : null,
                "--only" => options with { Only = Value() },
                "--out" => Value() is { } file ? options with { Out = file } : null,
                _ => null
            };
            if (next is null) return null;
            options = next;
        }
        return options;
    }
}
