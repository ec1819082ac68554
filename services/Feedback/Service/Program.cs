using Clinic.Contracts.Consent;
using Clinic.Contracts.Intake;
using Clinic.Contracts.Session;
using Clinic.EventLog;
using Clinic.Feedback.Domain;
using Clinic.Feedback.Service;
using Clinic.Feedback.Service.Amqp;
using Clinic.Feedback.Service.Http;
using Clinic.Feedback.Service.Publishing;
using Clinic.Feedback.Service.Reactions;
using Clinic.Feedback.Service.Views;
using Clinic.Hosting;
using Clinic.Hosting.Access;
using Clinic.Messaging;

var policy = Policies.Read(args);
var handle = new Handling(policy);
var consent = new WhenConsentChanges(handle);
var session = new WhenSessionSpeaks(handle);

return await ClinicHost.Run(args, new ClinicService(
    Handling.Service,
    States:
    [
        typeof(InstrumentResponse), typeof(AlertCase), typeof(ClientCourse), typeof(FeedbackItem), typeof(CommunicationConcern), typeof(SupervisionReview),
        typeof(OnCallRoster), typeof(Notification), typeof(ResponseClock)
    ],
    Publication: FeedbackPublication.Of,
    Views: Joined.Views,
    Reactions:
    [
        new Reactions("intake").FollowAccess(Handling.Service).FollowNotifications(handle)
            .On<ClientRegistered>(WhenIntakeSpeaks.Registered(handle))
            .On<ErasureRequested>(WhenErasureRequested.React),
        new Reactions("consent").FollowNotifications(handle)
            .On<ConsentGranted>(consent.Granted)
            .On<ConsentWithdrawn>(consent.Withdrawn)
            .On<ConsentExpired>(consent.Expired)
            .On<ConsentSuperseded>(consent.Superseded)
            .On<ConsentEnteredInError>(consent.EnteredInError),
        new Reactions("session").FollowNotifications(handle)
            .On<SessionScheduled>(session.Scheduled)
            .On<SessionStarted>(session.Started)
            .On<MessageSent>(session.Sent)
            .On<RiskEventRaised>(session.Risk)
            .On<SessionStopped>(session.Stopped)
            .On<CourseStopped>(session.CourseStopped)
    ],
    Ingress: services => Ingress.Routes(services, handle),
    Access: Access.Table,
    AccessOwner: "intake",
    Deadlines: services => Clocks.Handlers(services, handle)),
    builder =>
    {
        builder.Services.AddSingleton(policy).AddHostedService<RosterWatch>();
        builder.Services.AddSingleton(services =>
            new ReleaseVerifier(services.GetRequiredService<ServiceSettings>().SecretFile("release-public.pem"), Handling.Service));
    },
    app =>
    {
        Commands.Map(app, handle);
        Queries.Map(app);
        Boards.Map(app);
        FhirRoutes.Map(app);
        ReleasedContent.Map(app);
    });
