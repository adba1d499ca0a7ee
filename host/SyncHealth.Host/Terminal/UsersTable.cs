using System.Globalization;
using System.Text.Json;

namespace SyncHealth.Host.Terminal;

/// <summary>People, as <c>/api/v1/users</c> answers them.</summary>
internal static class UsersTable
{
    public static string Render(JsonElement answer)
    {
        var users = answer.GetProperty("users").EnumerateArray().ToArray();
        var invitations = answer.GetProperty("invitations").EnumerateArray().ToArray();
        if (users.Length == 0 && invitations.Length == 0)
            return "Nobody yet. Make a link for the first admin: ./synchealth users invite --role admin" + Environment.NewLine;
        var table = new TextTable(["id", "name", "role", "since", "signed in"], leftAligned: 4);
        foreach (var user in users)
            table.Add([Text(user, "id"), Text(user, "name"), Text(user, "role"), Time(user, "createdAt"), user.GetProperty("sessions").GetInt32().ToString(CultureInfo.InvariantCulture)]);
        foreach (var invitation in invitations)
            table.Add(["(invited)", Text(invitation, "name"), Text(invitation, "role"), "until " + Time(invitation, "expiresAt"), "–"]);
        return table.ToString();
    }

    /// <summary>A link just made: the only time that it is shown.</summary>
    public static string RenderLink(JsonElement answer) =>
        $"  {Text(answer, "link")}{Environment.NewLine}It is good once, until {Time(answer, "expiresAt")} UTC, and shown this once.{Environment.NewLine}";

    private static string Time(JsonElement element, string name) =>
        element.GetProperty(name).GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "(chooses)";
}
