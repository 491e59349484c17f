//! `zhengzhi import`: a list comes in from the command line. Good rows go in together, refused rows stay out and are told.

use super::context::{Context, Opened, clocks};
use crate::annexes::Annex;
use crate::base::ability::Import;
use crate::base::{Ability, CountyId, Scope};
use crate::campaigns;
use crate::counties::Directory;
use crate::history::Writing;
use crate::intake::{self, Finding, Incoming, Learned, Preview, Terms};
use crate::platform::sheet;
use anyhow::{Context as _, bail};
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Largest file, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// What kind of list.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    /// The register of polluting units
    Units,
    /// 附件1 自查和整改情况表
    Annex1,
    /// 附件2 工作台账
    Annex2,
}

impl Kind {
    const fn meant(self) -> intake::Kind {
        match self {
            Self::Units => intake::Kind::Units,
            Self::Annex1 => intake::Kind::Annex(Annex::One),
            Self::Annex2 => intake::Kind::Annex(Annex::Two),
        }
    }
}

/// Arguments of `import`.
#[derive(clap::Args)]
pub struct Arguments {
    /// What the file lists
    kind: Kind,
    /// A workbook (.xlsx, .xls, .ods), or CSV
    file: PathBuf,
    /// Six-digit code of the county; rows of other counties are refused. Without it the file says the county
    #[arg(long, value_name = "CODE")]
    county: Option<String>,
    /// The account that the history names; without it the system's own
    #[arg(long = "as", value_name = "LOGIN")]
    login: Option<String>,
    /// Read and compare, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print one JSON object on stdout
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(context: &Context, arguments: Arguments) -> anyhow::Result<()> {
    let file = open(&arguments.file)?;
    let program = std::env::current_exe().context("找不到本程序文件")?;
    let (dry_run, json) = (arguments.dry_run, arguments.json);
    let mut preview = context.with_database(|opened| async move {
        let directory = opened.directory().await?;
        let actor = opened.actor(arguments.login.as_deref()).await?;
        if !Import::granted(&actor) {
            bail!("账号“{}”的岗位无权导入。", arguments.login.as_deref().unwrap_or_default());
        }
        let asked = arguments.county.as_deref().map(|code| county(&directory, code)).transpose()?;
        let own = actor.role.of_a_county().then_some(actor.county);
        if let (Some(asked), Some(own)) = (asked, own)
            && asked != own
        {
            bail!("账号只能导入本县区（{}）的名单。", directory.name(own));
        }
        let campaign = campaigns::find(opened.db.doorstep().await?.connection(), None, clocks(None).business.today())
            .await?
            .context("尚未建立专项行动。")?;
        let scope = own.map_or_else(|| Opened::whole(&directory), Scope::county);
        let kind = arguments.kind.meant();
        let incoming = Incoming::new(kind, Learned::new(), sheet::rows(&program, file).await?);
        let mut writing = Writing::begin(&opened.db, &opened.key, clocks(None), actor.clone(), &scope).await?;
        let county = asked.or(own);
        let terms = Terms { directory: &directory, county, actor: &actor, campaign: &campaign, today: writing.today() };
        let name = arguments.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let preview = if arguments.dry_run {
            intake::look(writing.connection(), &scope, kind, incoming, &terms).await?
        } else {
            let preview = intake::write(&mut writing, &scope, kind, incoming, &terms, &name).await?;
            writing.commit().await?;
            preview
        };
        Ok((preview, opened))
    })?;
    if !dry_run {
        preview.rows.clear();
    }
    if preview.asked_rows > 0 {
        eprintln!("{}行需要人工选择，未导入，请在页面上导入。", preview.asked_rows);
    }
    if preview.rejected_rows > 0 {
        eprintln!("{}行有误，未导入。", preview.rejected_rows);
    }
    let said = if json { serde_json::to_string(&preview)? } else { told(&preview, dry_run) };
    match writeln!(std::io::stdout(), "{said}") {
        // Whoever reads has read enough.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Opens the file, if it is one and not too large.
fn open(path: &Path) -> anyhow::Result<File> {
    let file = File::open(path).map_err(|e| match e.kind() {
        ErrorKind::NotFound => anyhow::anyhow!("没有文件 {}。", path.display()),
        ErrorKind::PermissionDenied => anyhow::anyhow!("没有读取 {} 的权限。", path.display()),
        kind => anyhow::anyhow!("无法打开 {}：{kind}。", path.display()),
    })?;
    let about = file.metadata()?;
    if !about.is_file() {
        bail!("{} 不是文件。", path.display());
    }
    if about.len() > LARGEST {
        bail!("文件超过{}MB，请分成几个文件后再导入。", LARGEST / 1024 / 1024);
    }
    Ok(file)
}

fn county(directory: &Directory, code: &str) -> anyhow::Result<CountyId> {
    let known = directory.read(code);
    known.with_context(|| format!("没有代码为“{code}”的县区。"))
}

/// The result in words, with every cell that keeps a row out.
fn told(preview: &Preview, dry_run: bool) -> String {
    let Preview { read, created, updated, unchanged, rejected_rows, asked_rows, .. } = preview;
    let (tense, noun) = (if dry_run { "将" } else { "已" }, if preview.kind == "units" { "家" } else { "行" });
    let asked = if *asked_rows > 0 { format!("，需选择{asked_rows}行") } else { String::new() };
    let mut lines = vec![format!(
        "读取{read}行：{tense}新增{created}{noun}，{tense}修改{updated}{noun}，无变化{unchanged}{noun}{asked}，有误{rejected_rows}行。"
    )];
    let place = |f: &Finding| format!("{} 第{}行 {} {}", f.sheet, f.row, f.column, f.heading);
    lines.extend(preview.rejected.iter().map(|f| format!("有误：{}“{}”：{}", place(f), f.value, f.reason)));
    lines.extend(preview.flagged.iter().map(|f| format!("请核对：{}“{}”：{}", place(f), f.value, f.reason)));
    if !preview.ignored.is_empty() {
        lines.push(format!("另有{}处未作为数据读取（标题、合计行、空行等）。", preview.ignored.len()));
    }
    lines.join("\n")
}
