using Clinic.Contracts.Session;
using Clinic.Hosting;

namespace Clinic.Session.Service.Http;

internal static class Commands
{
    public static void Map(WebApplication app)
    {
        var handling = app.Services.GetRequiredService<Handling>();
        app.MapCommand<BookSession>(handling.BookSession);
        app.MapCommand<RescheduleSession>(handling.RescheduleSession);
        app.MapCommand<CancelSession>(Handling.CancelSession);
        app.MapCommand<CheckIn>(handling.CheckIn);
        app.MapCommand<StartSession>(handling.StartSession);
        app.MapCommand<EndSession>(Handling.EndSession);
        app.MapCommand<StopSession>(Handling.StopSession);
        app.MapCommand<MarkNoShow>(handling.MarkNoShow);
        app.MapCommand<ReportDisruption>(handling.ReportDisruption);
        app.MapCommand<ReportReconnection>(Handling.ReportReconnection);
        app.MapCommand<RecordWelfareCheck>(Handling.RecordWelfareCheck);
        app.MapCommand<ProposeModality>(Handling.ProposeModality);
        app.MapCommand<AnswerModality>(Handling.AnswerModality);
        app.MapCommand<StartRecording>(handling.StartRecording);
        app.MapCommand<StopRecording>(Handling.StopRecording);
        app.MapCommand<ReportIntrusion>(Handling.ReportIntrusion);
        app.MapCommand<UnlockSession>(Handling.UnlockSession);
        app.MapCommand<ReleaseSessionHold>(Handling.ReleaseSessionHold);
        app.MapCommand<StartCrisisContact>(Handling.StartCrisisContact);
        app.MapCommand<EndCrisisContact>(Handling.EndCrisisContact);
        app.MapCommand<RaiseRisk>(Handling.RaiseRisk);
        app.MapCommand<RecordContactTime>(Handling.RecordContactTime);
        app.MapCommand<OpenThread>(handling.OpenThread);
        app.MapCommand<SaveDraft>(Handling.SaveDraft);
        app.MapCommand<DiscardDraft>(Handling.DiscardDraft);
        app.MapCommand<SendMessage>(handling.SendMessage);
        app.MapCommand<RetractMessage>(Handling.RetractMessage);
        app.MapCommand<SetSharingLevel>(Handling.SetSharingLevel);
        app.MapCommand<PostToGroup>(Handling.PostToGroup);
        app.MapCommand<ReassignThread>(Handling.ReassignThread);
        app.MapCommand<CloseThread>(Handling.CloseThread);
        app.MapCommand<DraftNote>(Handling.DraftNote);
        app.MapCommand<SignNote>(Handling.SignNote);
        app.MapCommand<CosignNote>(Handling.CosignNote);
        app.MapCommand<AmendNote>(Handling.AmendNote);
        app.MapCommand<EnterNoteInError>(Handling.EnterNoteInError);
        app.MapCommand<EnrolCourse>(handling.EnrolCourse);
        app.MapCommand<StartModule>(Handling.StartModule);
        app.MapCommand<CompleteModule>(Handling.CompleteModule);
        app.MapCommand<PauseCourse>(Handling.PauseCourse);
        app.MapCommand<ResumeCourse>(Handling.ResumeCourse);
        app.MapCommand<StopCourse>(Handling.StopCourse);
        app.MapCommand<ApprovePlatform>(Handling.ApprovePlatform);
        app.MapCommand<RevokePlatform>(Handling.RevokePlatform);
    }
}
