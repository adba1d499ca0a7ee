namespace SyncHealth.Alerting.Worker.Channels.Jira;

/// <summary>A project of a Jira Cloud site.</summary>
public sealed class JiraOptions : ChannelOptions
{
    /// <summary>Address of the site, as <c>https://your-site.atlassian.net</c>. Required.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Key of the project. Required.</summary>
    public string Project { get; set; } = "";

    /// <summary>Name of the issue type.</summary>
    public string IssueType { get; set; } = "Bug";

    /// <summary>The account that the token belongs to. Required.</summary>
    public string Email { get; set; } = "";

    /// <summary>An API token of that account. Required.</summary>
    public Secret Token { get; set; } = new("");

    internal override IReadOnlyList<Secret> Secrets => [Token];

    internal override IReadOnlyList<(string Key, Uri? Address)> Targets => [("baseUrl", BaseUrl)];

    internal override IEnumerable<string> Problems()
    {
        if (Project.Length == 0 || !Project.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
            yield return "project: must be a project key, as OPS";
        if (Email.Length == 0)
            yield return "email: is missing";
        if (Token.IsEmpty)
            yield return "token: is empty";
    }

    internal override IChannel Create(ChannelHttp http) => new JiraChannel(this, http);
}
