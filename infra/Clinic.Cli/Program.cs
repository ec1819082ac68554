using System.CommandLine;
using System.Runtime.Versioning;
using Clinic.Cli.CrossCheck;
using Clinic.Cli.DeadLetters;
using Clinic.Cli.Doctor;
using Clinic.Cli.Drift;
using Clinic.Cli.ExportLog;
using Clinic.Cli.Migrate;
using Clinic.Cli.Rebuild;
using Clinic.Cli.Replay;
using Clinic.Cli.Republish;
using Clinic.Cli.RestoreEpoch;
using Clinic.Cli.RestoreTest;
using Clinic.Cli.Retention;
using Clinic.Cli.Rotate;
using Clinic.Cli.Secrets;
using Clinic.Cli.Simulate;
using Clinic.Cli.Tenants;
using Clinic.Cli.Tokens;
using Clinic.Cli.Trail;
using Clinic.Cli.Verify;

// secrets rely on file modes
[assembly: UnsupportedOSPlatform("windows")]

namespace Clinic.Cli;

/// <summary>The <c>clinic</c> command for operators and auditors.</summary>
public static class Program
{
    private const string Summary = """
        Runs and inspects a clinic's records.

        Exit codes of every command:
          0  done
          1  failed; the reason is on standard error
          2  wrong usage
          3  refused: the command is not allowed here, or would break something that exists
        """;

    public static int Main(string[] args)
    {
        var root = new RootCommand(Summary)
        {
            DoctorCommand.Build(), MigrateCommand.Build(), RebuildCommand.Build(), DriftCommand.Build(), DeadLettersCommand.Build(), RepublishCommand.Build(), TrailCommand.Build(), ReplayCommand.Build(),
            ExportLogCommand.Build(), VerifyCommand.Build(), CrossCheckCommand.Build(), RestoreEpochCommand.Build(), RestoreTestCommand.Build(),
            TenantCommand.Build(), SystemCommand.Build(), RetentionCommand.Build(), RotateCommand.Build(), SecretsCommand.Build(), TokenCommand.Build(),
            SimulateCommand.Build()
        };
        var parsed = root.Parse(args);
        var code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        // the parser itself reports wrong usage with 1, which here means "failed"
        return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
    }
}
