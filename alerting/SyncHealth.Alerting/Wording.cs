using System.Text.Json;

namespace SyncHealth.Alerting;

/// <summary>The lower-case words under which enum members stand in files, tables and messages.</summary>
public static class Wording
{
    /// <summary>The words of a member, joined by underscores: <c>TotalFailure</c> is <c>total_failure</c>.</summary>
    public static string Of<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.ToString());

    /// <summary>The member that <see cref="Of"/> writes as <paramref name="words"/>.</summary>
    /// <exception cref="FormatException">No member is written so.</exception>
    public static T Read<T>(string words)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(member => Of(member!.Value) == words)
            ?? throw new FormatException($"'{words}' is no {typeof(T).Name}.");
}
