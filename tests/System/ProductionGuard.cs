namespace Clinic.SystemTests;

/// <summary>What is convenient in development must not start in production.</summary>
public sealed class ProductionGuard(RunningClinic clinic)
{
    [Fact]
    public async Task In_production_no_service_starts_without_an_identity_authority()
    {
        foreach (var name in RunningClinic.Names)
        {
            await using var service = new ServiceProcess(name, new Dictionary<string, string>(clinic.Settings)
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Clinic__Service"] = name,
                ["Database__Name"] = "none",
                // a development key that was left behind does not help
                ["Auth__PublicKeyFile"] = Path.Combine(clinic.Settings["Clinic__SecretsDir"], "token-public.pem")
            });

            (await service.RunToEnd(seconds: 30)).ShouldNotBe(0, name);
            await Eventually.True(() => service.Log.Contains("Auth__Authority", StringComparison.Ordinal), $"{name} to name Auth__Authority");
        }
    }
}
