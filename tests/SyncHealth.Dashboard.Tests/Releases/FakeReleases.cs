using SyncHealth.Storage.Verdicts;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Dashboard.Tests.Releases;

/// <summary>Releases and verdicts that a test sets; remembers the questions.</summary>
internal sealed class FakeReleases : IVerdictReader, IInstallBaseReader
{
    public List<ReleaseUse> Uses { get; } = [SomeReleases.Use("2.4.1", current: 300, devices: 380), SomeReleases.Use("2.5.0", joined: 40)];

    public Dictionary<string, VerdictAnswer> Answers { get; } = new() { ["2.4.1"] = SomeReleases.Answer("2.4.1", "2.5.0", 960), ["2.5.0"] = SomeReleases.Answer() };

    public string? PromotedTag { get; set; }

    public List<VerdictQuestion> Questions { get; } = [];

    /// <summary>Called before each verdict is answered.</summary>
    public Action OnVerdict { get; set; } = () => { };

    public Task<VerdictReading?> ReadAsync(VerdictQuestion question, CancellationToken cancellationToken)
    {
        Questions.Add(question);
        OnVerdict();
        return Task.FromResult<VerdictReading?>(new VerdictReading(Answers.GetValueOrDefault(question.Release), [.. Answers.Keys]));
    }

    public Task<InstallBase?> ReadAsync(string app, ReleaseKind kind, DateTimeOffset now, IReadOnlyList<DimensionFilter> filters, CancellationToken cancellationToken) =>
        Task.FromResult<InstallBase?>(new InstallBase(Uses, PromotedTag, 1));
}
