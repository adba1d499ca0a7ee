using SyncHealth.Statistics.Devices;
using SyncHealth.Statistics.Verdicts;
using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Api.Tests.Releases;

/// <summary>Knows one app, <c>notes</c>, with a release that is bad on cellular; remembers what was asked.</summary>
internal sealed class ScriptedReleases : IVerdictReader, IInstallBaseReader
{
    public VerdictQuestion? Asked { get; private set; }

    public ReleaseKind? AskedKind { get; private set; }

    /// <summary>Successes among a thousand devices of the release on cellular.</summary>
    public long Successes { get; set; } = 300;

    public string Baseline { get; set; } = "2.4.1";

    /// <summary>What every question ends with; null answers them.</summary>
    public Exception? Failure { get; set; }

    public Task<VerdictReading?> ReadAsync(VerdictQuestion question, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        Asked = question;
        if (question.App != "notes")
            return Task.FromResult<VerdictReading?>(null);
        if (question.Release == "9.9" || question.Baseline == "9.8")
            return Task.FromResult<VerdictReading?>(new VerdictReading(null, ["2.4.1", "2.5.0"]));
        var verdict = ReleaseJudge.Judge(new VerdictInput
        {
            Release = question.Release,
            Baseline = Baseline,
            Watermark = ApiStage.Now,
            Strata = [new(new("android", "wifi"), Arm(960, 1000), Arm(960, 1000)), new(new("android", "cellular"), Arm(Successes, 1000), Arm(960, 1000))],
        });
        return Task.FromResult<VerdictReading?>(new VerdictReading(new VerdictAnswer(verdict, ApiStage.Now.AddDays(-2), 3, 0, 9100, 1), ["2.4.1", "2.5.0"]));
    }

    public Task<InstallBase?> ReadAsync(string app, ReleaseKind kind, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        AskedKind = kind;
        return Task.FromResult(app == "notes"
            ? new InstallBase([new ReleaseUse { Name = "2.5.0", Devices = 100, CurrentDevices = 80, JoinedDevices = 40, AllDevices = 400, FirstSeenAt = now.AddDays(-1), LastSeenAt = now }], null, 1)
            : null);
    }

    private static ArmTotals Arm(long successes, long devices) =>
        new(DeviceSums.OfSingleAttempts(devices, successes), DeviceSums.OfSingleAttempts(devices, 5), DeviceSums.OfSingleAttempts(devices, 20));
}
