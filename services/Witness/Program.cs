using Clinic.Witness;

// Configuration: Witness__KeyFile (PKCS #8, P-256; its .vkey beside it or Witness__Name says the name), Witness__LogsDir (a .vkey file for each log it knows),
// Witness__StateDir (a volume of its own). No database, no broker, no secret of anybody else.
const int MaxBody = 16 * 1024;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxRequestBodySize = MaxBody;
    kestrel.AddServerHeader = false;
});
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddSingleton(TimeProvider.System).AddSingleton(services => Witness.Configured(builder.Configuration, services.GetRequiredService<TimeProvider>()));
var app = builder.Build();
// a key or folder that is missing shows now, not with the first checkpoint
app.Services.GetRequiredService<Witness>();
AddCheckpoint.Map(app);
await app.RunAsync();
