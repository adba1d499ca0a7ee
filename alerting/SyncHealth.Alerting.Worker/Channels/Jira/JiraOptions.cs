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

    /// <summary>How long after it was closed an issue is opened again when its alert comes back; later a new one is made that links to it. Default: 7 days.</summary>
    public TimeSpan ReopenWithin { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Resolution that says a person decided to leave the matter: neither reopened nor made anew. Default: <c>Won't Do</c>; sites with another language name it otherwise.</summary>
    public string WontDo { get; set; } = "Won't Do";

    internal override string Type => "jira";

    internal override bool TakesDigests => false;

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
