using SyncHealth.Statistics.Causes;
using SyncHealth.Storage.Causes;

namespace SyncHealth.Api.Causes;

/// <summary>What explains a drop of the success rate.</summary>
/// <param name="BeforeFrom">Inclusive bound of what it was compared with; whole hours, as all bounds here.</param>
/// <param name="BeforeTo">Exclusive bound of it.</param>
/// <param name="From">Inclusive bound of the drop.</param>
/// <param name="To">Exclusive bound of the drop.</param>
/// <param name="Enough">Whether there were devices enough for a segment to be named at all.</param>
/// <param name="Change">Of the failure rate in points of percent: above 0 things got worse.</param>
/// <param name="GotWorse">The part of the change that comes from segments that got worse, in points.</param>
/// <param name="MixMoved">The part that comes from traffic moving between segments, in points.</param>
/// <param name="Causes">Segments beyond doubt, the surest first; empty when no single dimension explains it.</param>
/// <param name="Errors">Errors beyond doubt, the largest part first.</param>
public sealed record CauseView(
    string App, DateTimeOffset BeforeFrom, DateTimeOffset BeforeTo, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Dimensions, bool Enough,
    double Change, double GotWorse, double MixMoved, IReadOnlyList<CauseSegmentView> Causes, IReadOnlyList<CauseErrorView> Errors)
{
    private const double Percent = 100;

    public static CauseView Of(CauseAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var explanation = answer.Explanation;
        return new CauseView(
            answer.App, answer.BeforeFrom, answer.BeforeTo, answer.From, answer.To, answer.Dimensions, answer.HasSample,
            Percent * explanation.Change, Percent * explanation.Split.Rate, Percent * explanation.Split.Mix,
            [.. explanation.Causes.Select(Of)],
            [.. explanation.ErrorCodes.Select(error => Of(error))]);
    }

    private static CauseSegmentView Of(Cause cause) => new(
        cause.Segment.Where.ToDictionary(part => part.Dimension, part => part.Value), KindOf(cause), cause.Explained, cause.P,
        Percent * cause.RateBefore, Percent * cause.Segment.Now.Rate, cause.Segment.Now.Attempts, cause.Segment.Now.Devices);

    private static string KindOf(Cause cause) => cause.IsNew ? "new" : cause.Kind == CauseKind.GotWorse ? "got_worse" : "mix_moved";

    private static CauseErrorView Of(ErrorCause error)
    {
        var (kind, code) = ErrorName.Read(error.Code.Code);
        return new CauseErrorView(kind, code, error.Explained, error.P, error.Code.Before, error.Code.Now);
    }
}
