using System.Globalization;

namespace SyncHealth.Alerting.Messages;

/// <summary>Puts into words what failures ended with.</summary>
internal static class ErrorShares
{
    private const double Percent = 100;

    /// <summary>Errors named; the rest is summed up.</summary>
    private const int MaxNamed = 3;

    /// <summary>Characters of a name: codes come from devices.</summary>
    private const int MaxName = 40;

    /// <summary>Shares of the most frequent kinds; null without failures.</summary>
    public static string? ByKind(IReadOnlyList<ContextError> errors) => Of(errors, error => error.Kind.Length == 0 ? "unknown" : error.Kind);

    /// <summary>Shares of the most frequent codes among all failures; null where none had a code.</summary>
    public static string? ByCode(IReadOnlyList<ContextError> errors) => Of(errors, error => error.Code);

    private static string? Of(IReadOnlyList<ContextError> errors, Func<ContextError, string> nameOf)
    {
        var total = errors.Sum(error => error.Failures);
        var named = errors.Where(error => nameOf(error).Length > 0).GroupBy(nameOf).Select(group => (Name: group.Key, Failures: group.Sum(error => error.Failures)))
            .OrderByDescending(one => one.Failures).ThenBy(one => one.Name, StringComparer.Ordinal).Take(MaxNamed).ToArray();
        if (total == 0 || named.Length == 0)
            return null;
        var rest = total - named.Sum(one => one.Failures);
        var shares = named.Select(one => Share(PlainText.Line(one.Name, MaxName), one.Failures, total));
        return string.Join(", ", rest > 0 ? shares.Append(Share("others", rest, total)) : shares);
    }

    private static string Share(string name, long count, long total) => string.Create(CultureInfo.InvariantCulture, $"{name} {Percent * count / total:0.#} %");
}
