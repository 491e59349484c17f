/* Progressive enhancement: every page reads, saves and submits without this file. Hooks:
     form[data-guard]            warns before leaving with unsaved input
     form[data-again]            no double-submit guard (downloads)
     form[data-forget]           clears what this tab remembered (sign-out)
     [data-when="field=a|b"]     shown only when the named field of the same form has one of the values;
                                 "field=*" any value, several conditions joined by ";" must all hold
     [data-when][data-off]       and what is not shown is not sent
     input[data-date]            button 今天         [data-same]  button 同上 (last value sent from this tab)
     input[data-money=ID]        live echo of 万元 in #ID        input[data-reveal]  显示/隐藏 of a password
     [data-select-all=NAME]      tick box that ticks all boxes called NAME (default "id") of its form
     [data-all-filtered=N]       tick box "all N of the filter": counts N while ticked
     [data-count]                text: how many are ticked       [data-needs-ticks]  disabled while nothing is ticked
     form[data-keep-ticks=KEY]   remembers ticks over the pages of a list until it is sent
     button[data-copy="#id"]     copies text (tables as tab-separated text); write it hidden, it appears with the script
     a[data-next-gap]            to the next 待补: in a form its next empty field, else the next record; key F8
     .file-pick                  a file input under a label of our own; the chosen name is shown beside it
     details[data-fold]          open, but folded on a phone
     button[data-print]          prints; write it hidden        select[data-go]  submits its form when changed
     form[data-paste-here]       takes a block of cells that is pasted anywhere on the page, and sends it
     form[data-remark]           a cell of tr[data-line] that is clicked names line and column; keys J, K, R
     table[data-sortable]        heads sort the rows; cells may carry data-sort; th[data-nosort]; tr.total stays last */
(() => {
  'use strict';
  let doc = document;
  function all(selector, root) { return Array.from((root || doc).querySelectorAll(selector)); }
  function has(e, name) { return e.hasAttribute(name); }
  function get(e, name) { return e.getAttribute(name); }
  function on(kind, act) { doc.addEventListener(kind, act); }
  /* Controls of a form, wherever they stand. */
  function of(form, selector) { return all(selector).filter(e => e.form === form); }
  function make(tag, cls, text) {
    let e = doc.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    if (tag === 'button') e.type = 'button';
    return e;
  }
  /* Storage may be forbidden by policy: then nothing is remembered. */
  let memory = {
    get: key => { try { return sessionStorage.getItem(key); } catch (e) { return null; } },
    set: (key, value) => { try { sessionStorage.setItem(key, value); } catch (e) { /* full or forbidden */ } },
    clear: () => { try { sessionStorage.clear(); } catch (e) { /* forbidden */ } }
  };

  /* ---- Error summary ---- */
  function errorSummary() {
    let box = doc.querySelector('.error-summary');
    if (!box) return;
    if (doc.title.indexOf('错误：') !== 0) doc.title = '错误：' + doc.title;
    /* In the order of the page: the server tells them in the order in which it read. */
    let place = item => {
      let link = item.querySelector('a[href^="#"]');
      let target = link && doc.getElementById(get(link, 'href').slice(1));
      return target ? target.getBoundingClientRect().top : -1;
    };
    let items = Array.from(box.querySelectorAll('li'), item => [place(item), item]);
    items.sort((a, b) => a[0] - b[0]).forEach(pair => pair[1].parentElement.appendChild(pair[1]));
    box.focus();
    box.addEventListener('click', event => {
      let link = event.target.closest('a[href^="#"]');
      let target = link && doc.getElementById(get(link, 'href').slice(1));
      if (!target) return;
      event.preventDefault();
      for (let up = target.parentElement; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
      let inner = target.tagName === 'FIELDSET' ? target.querySelector('input:checked, input') : target;
      (inner || target).focus({ preventScroll: true });
      target.closest('.field, fieldset, td, p, div').scrollIntoView({ block: 'center' });
    });
  }

  /* ---- Keyboard: Enter = next field, Ctrl+Enter, Ctrl+S = save ---- */
  function primary(form) {
    return form.querySelector('.btn-primary[type="submit"], .btn-primary:not([type]), button[type="submit"], button:not([type]), input[type="submit"]');
  }
  function press(form) {
    let button = primary(form);
    if (button && !button.disabled) button.click();
  }
  function nextField(field) {
    let list = Array.from(field.form.elements);
    let next = list.slice(list.indexOf(field) + 1).find(e => e.matches('input, select, textarea, button:not(.helper)') &&
      !e.disabled && !e.readOnly && e.name !== field.name && e.getClientRects().length > 0);
    if (!next || next.tagName === 'BUTTON') next = primary(field.form);
    if (!next) return;
    if (next.type === 'radio') next = of(field.form, 'input[name="' + next.name + '"]:checked')[0] || next;
    next.focus();
    if (/^(text|tel|search|number)$/.test(next.type)) next.select();
  }
  on('keydown', event => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;   // pinyin is being typed
    let field = event.target.closest && event.target.closest('input, select, textarea');
    let save = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (save && (event.key.toLowerCase() === 's')) {
      let form = field && field.form || doc.querySelector('form[data-guard]') || doc.querySelector('form.grid-form');
      if (!form || form.method !== 'post') return;
      event.preventDefault();
      press(form);
    } else if (save && event.key === 'Enter' && field && field.form) {
      event.preventDefault();
      press(field.form);
    } else if (event.key === 'Enter' && !save && !event.shiftKey && !event.altKey && field && field.tagName !== 'TEXTAREA' &&
        field.form && field.form.classList.contains('grid-form') && !/^(submit|button|image|reset|file)$/.test(field.type)) {
      event.preventDefault();
      nextField(field);
    } else if (event.key === 'Escape') {
      all('.topbar details[open]').forEach(e => { e.open = false; });
    }
  });
  on('click', event => {
    all('.user[open]').forEach(e => { if (!e.contains(event.target)) e.open = false; });
  });

  /* ---- Helpers beside fields: 今天, 同上, show password ---- */
  function beside(field, text, label, act) {
    let box = field.parentElement;
    if (!box.classList.contains('helped')) {
      box = make('span', 'helped');
      field.parentElement.insertBefore(box, field);
      box.appendChild(field);
    }
    let button = make('button', 'helper', text);
    button.setAttribute('aria-label', label);
    button.addEventListener('click', () => act(button));
    box.appendChild(button);
    return button;
  }
  function fill(field, value) {
    field.value = value;
    ['input', 'change'].forEach(kind => field.dispatchEvent(new Event(kind, { bubbles: true })));
    field.focus();
  }
  function sameKey(field) { return 'same:' + (get(field, 'data-same') || field.name); }
  function helpers() {
    all('input[data-date]').forEach(field => {
      if (!field.readOnly) beside(field, '今天', '填入今天', () => fill(field, '今天'));
    });
    all('[data-same]').forEach(field => {
      let last = memory.get(sameKey(field));
      if (!last || field.readOnly) return;
      let shown = last;
      if (field.tagName === 'SELECT') {
        let option = Array.from(field.options).find(o => o.value === last);
        if (!option) return;
        shown = option.text;
      }
      beside(field, '同上', '同上：' + shown, () => fill(field, last)).title = shown;
    });
    all('input[data-reveal]').forEach(field => {
      beside(field, '显示', '显示密码', button => {
        let show = field.type === 'password';
        field.type = show ? 'text' : 'password';
        button.textContent = show ? '隐藏' : '显示';
        button.setAttribute('aria-label', show ? '隐藏密码' : '显示密码');
        field.focus();
      });
    });
  }

  /* ---- Money: what the typed number means. Whole decimals only, no floating point. ---- */
  function point(digits, at) {
    while (at < 1) { digits = '0' + digits; at++; }
    digits = digits.padEnd(at, '0');
    let whole = digits.slice(0, at).replace(/^0+(?=\d)/, ''), part = digits.slice(at).replace(/0+$/, '');
    return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part ? '.' + part : '');
  }
  function meaning(typed) {
    let found = /^(\d{1,13})(?:\.(\d+))?(万元|万|元)?$/.exec(typed.normalize('NFKC').replace(/[\s,]/g, ''));
    if (!found) return '';
    let yuan = found[3] === '元', at = found[1].length, digits = found[1] + (found[2] || '');
    return '= ' + point(digits, yuan ? at - 4 : at) + '万元（' + point(digits, yuan ? at : at + 4) + '元）';
  }
  function money() {
    all('input[data-money]').forEach(field => {
      let echo = doc.getElementById(get(field, 'data-money'));
      if (!echo) return;
      field.addEventListener('input', () => { echo.textContent = meaning(field.value); });
    });
  }

  /* ---- Questions that depend on an answer ---- */
  function applies(form, rule) {
    return rule.split(';').every(condition => {
      let [name, wanted] = condition.split('=').map(part => part.trim());
      let given = new FormData(form).getAll(name).filter(value => String(value).trim());
      return wanted === '*' ? given.length > 0 : wanted.split('|').some(value => given.includes(value));
    });
  }
  function conditional() {
    all('[data-when]').forEach(block => {
      let form = block.closest('form');
      /* What holds an error or a doubt stays in sight. */
      if (form) block.hidden = !applies(form, get(block, 'data-when')) && !block.querySelector('.error, .question');
      if (has(block, 'data-off')) all('input, select, textarea', block).forEach(field => { field.disabled = block.hidden; });
    });
  }

  /* ---- Sending: once, and nothing lost on the way out ---- */
  let leaving = false;
  function edited(event) {
    let form = event.target.form;
    if (form && has(form, 'data-guard')) form.setAttribute('data-dirty', '');
    conditional();
  }
  on('input', edited);
  /* Older cores say only this when a line of a list is picked. */
  on('change', edited);
  window.addEventListener('beforeunload', event => {
    if (leaving || !doc.querySelector('form[data-dirty]')) return;
    event.preventDefault();
    event.returnValue = '';
  });
  function release(form) {
    form.removeAttribute('data-sent');
    all('[data-held]', form).forEach(b => { b.disabled = false; b.removeAttribute('data-held'); });
  }
  on('submit', event => {
    let form = event.target;
    if (event.defaultPrevented) return;
    if (has(form, 'data-sent')) { event.preventDefault(); return; }
    all('[data-same]', form).forEach(field => { if (field.value.trim()) memory.set(sameKey(field), field.value); });
    if (has(form, 'data-forget')) memory.clear();
    carryTicks(form);
    if (form.method !== 'post' || has(form, 'data-again')) return;
    form.setAttribute('data-sent', '');
    leaving = true;
    /* Later, so that the pressed button's name and value still go along. */
    setTimeout(() => {
      of(form, 'button, input[type="submit"]').forEach(b => {
        if (!b.disabled && b.type === 'submit') { b.disabled = true; b.setAttribute('data-held', ''); }
      });
    }, 0);
    /* The page is still here: a file came back, or the network failed. */
    setTimeout(() => { release(form); leaving = false; }, 15000);
  });
  window.addEventListener('pageshow', () => {
    leaving = false;
    all('form[data-sent]').forEach(release);
    conditional();
    all('form').forEach(count);
  });

  /* ---- Ticks in lists ---- */
  function boxes(form, name) { return of(form, 'input[type="checkbox"][name="' + name + '"]'); }
  function tickName(form) {
    let master = of(form, '[data-select-all]')[0];
    return master ? get(master, 'data-select-all') || 'id' : null;
  }
  function tickKey(form) { return 'ticks:' + get(form, 'data-keep-ticks'); }
  function kept(form) {
    try { return JSON.parse(memory.get(tickKey(form)) || '[]'); } catch (e) { return []; }
  }
  function elsewhere(form, name) {
    if (!has(form, 'data-keep-ticks')) return [];
    let here = boxes(form, name).map(b => b.value);
    return kept(form).filter(id => here.indexOf(id) < 0);
  }
  function count(form) {
    let name = tickName(form);
    if (!name) return;
    let list = boxes(form, name), ticked = list.filter(b => b.checked), other = elsewhere(form, name);
    let whole = of(form, '[data-all-filtered]:checked')[0];
    let number = whole ? Number(get(whole, 'data-all-filtered')) : ticked.length + other.length;
    list.forEach(b => { let row = b.closest('tr'); if (row) row.classList.toggle('is-picked', b.checked); });
    of(form, '[data-select-all]').forEach(m => {
      m.checked = list.length > 0 && ticked.length === list.length;
      m.indeterminate = ticked.length > 0 && ticked.length < list.length;
    });
    all('[data-count]', form).forEach(e => {
      e.textContent = number + (!whole && other.length ? '（含其他页' + other.length + '条）' : '');
    });
    of(form, '[data-needs-ticks]').forEach(b => { if (!has(b, 'data-held')) b.disabled = number === 0; });
    of(form, '[data-clear-ticks]').forEach(b => { b.hidden = number === 0; });
  }
  function remember(form, name) {
    if (!has(form, 'data-keep-ticks')) return;
    let ids = elsewhere(form, name).concat(boxes(form, name).filter(b => b.checked).map(b => b.value));
    memory.set(tickKey(form), JSON.stringify(ids));
  }
  function carryTicks(form) {
    let name = has(form, 'data-keep-ticks') && tickName(form);
    if (!name) return;
    all('input[data-carried]', form).forEach(e => e.remove());
    elsewhere(form, name).forEach(id => {
      let e = make('input');
      e.type = 'hidden'; e.name = name; e.value = id;
      e.setAttribute('data-carried', '');
      form.appendChild(e);
    });
  }
  let lastTick = null;
  on('click', event => {
    let box = event.target;
    if (box.type !== 'checkbox' || !box.form || box.name !== tickName(box.form)) return;
    /* Shift+click ticks the rows between. */
    if (event.shiftKey && lastTick) {
      let list = boxes(box.form, box.name), a = list.indexOf(lastTick), b = list.indexOf(box);
      if (a >= 0) list.slice(Math.min(a, b), Math.max(a, b) + 1).forEach(e => { e.checked = box.checked; });
    }
    lastTick = box;
  });
  on('change', event => {
    let e = event.target, form = e.form;
    if (!form) return;
    if (has(e, 'data-go')) { form.requestSubmit(); return; }
    if (has(e, 'data-select-all')) boxes(form, tickName(form)).forEach(b => { b.checked = e.checked; });
    let name = tickName(form);
    if (name) { remember(form, name); count(form); }
  });

  /* ---- Copy as text, print ---- */
  function textOf(source) {
    if (source.matches('input, textarea')) return source.value;
    if (source.tagName !== 'TABLE') return source.innerText.trim();
    return all('tr', source).map(row => Array.from(row.cells).filter(cell => !cell.matches('.w-tick, .ops')).map(cell => cell.innerText.trim().replace(/\s+/g, ' ')).join('\t')).join('\n');
  }
  function copy(text) {
    /* On plain http, the usual case on an office network, there is no navigator.clipboard. */
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    let area = make('textarea', 'sr');
    area.value = text;
    doc.body.appendChild(area);
    area.select();
    let done = doc.execCommand('copy');
    area.remove();
    return done ? Promise.resolve() : Promise.reject();
  }
  on('click', event => {
    let button = event.target.closest && event.target.closest('button');
    if (!button) return;
    if (has(button, 'data-print')) window.print();
    if (has(button, 'data-clear-ticks') && button.form) {
      memory.set(tickKey(button.form), '[]');
      boxes(button.form, tickName(button.form)).concat(of(button.form, '[data-all-filtered]')).forEach(b => { b.checked = false; });
      count(button.form);
    }
    if (!has(button, 'data-copy')) return;
    let words = button.textContent;
    function tell(message) {
      button.textContent = message;
      button.focus();
      setTimeout(() => { button.textContent = words; }, 1800);
    }
    copy(textOf(doc.querySelector(get(button, 'data-copy')))).then(() => tell('已复制'), () => tell('请手动复制'));
  });

  /* ---- To the next gap ---- */
  function nextEmpty() {
    let list = all('.field .gap').map(gap => gap.closest('.field').querySelector('input, select, textarea'))
      .filter(field => field && field.form && field.getClientRects().length > 0 && !field.value.trim());
    let at = doc.activeElement;
    return list.find(field => at.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING && at !== doc.body) ||
      (list.indexOf(at) < 0 ? list[0] : undefined);
  }
  function toGap(event) {
    let field = nextEmpty();
    if (!field) return;
    event.preventDefault();
    field.focus({ preventScroll: true });
    field.scrollIntoView({ block: 'center' });
  }
  on('click', event => {
    let link = event.target.closest && event.target.closest('a[data-next-gap]');
    if (link) toGap(event);
  });
  on('keydown', event => {
    if (event.key !== 'F8' || event.isComposing || event.ctrlKey || event.altKey || event.shiftKey) return;
    let link = doc.querySelector('a[data-next-gap]');
    if (!link) return;
    event.preventDefault();
    link.click();
  });

  /* ---- Files: the name of what was chosen ---- */
  on('change', event => {
    let input = event.target;
    if (input.type !== 'file') return;
    let shown = input.parentElement.querySelector('.file-name');
    if (shown) shown.textContent = Array.from(input.files, file => file.name).join('、') || '未选择文件';
  });

  /* ---- Sortable tables ---- */
  function sortable(table) {
    let body = table.tBodies[0], head = table.tHead && table.tHead.rows[table.tHead.rows.length - 1];
    if (!body || !head) return;
    all('th', head).forEach(th => {
      if (has(th, 'data-nosort') || th.colSpan > 1) return;
      let button = make('button', 'sort'), column = has(th, 'data-col') ? Number(get(th, 'data-col')) : th.cellIndex;
      while (th.firstChild) button.appendChild(th.firstChild);
      th.appendChild(button);
      button.addEventListener('click', () => {
        let down = get(th, 'aria-sort') === 'ascending';
        all('th[aria-sort]', head).forEach(other => other.removeAttribute('aria-sort'));
        th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        function key(row) {
          let cell = row.cells[column], text = cell ? (get(cell, 'data-sort') || cell.innerText).trim() : '';
          let number = Number(text.replace(/[,%，]/g, ''));
          return { text: text, number: text === '' || text === '—' || isNaN(number) ? null : number };
        }
        Array.from(body.rows).filter(row => !row.matches('.total')).map((row, i) => ({ row: row, key: key(row), i: i })).sort((a, b) => {
          let x = a.key, y = b.key;
          if ((x.number === null) !== (y.number === null)) return x.number !== null ? -1 : 1;
          let order = x.number !== null ? x.number - y.number : x.text.localeCompare(y.text, 'zh-CN');
          return (down ? -order : order) || a.i - b.i;
        }).forEach(entry => body.appendChild(entry.row));
        all('tr.total', body).forEach(row => body.appendChild(row));
      });
    });
  }

  /* ---- A block of cells, copied in WPS or Excel, pasted on the page of its table ---- */
  on('paste', event => {
    let form = doc.querySelector('form[data-paste-here]');
    let text = event.clipboardData && event.clipboardData.getData('text/plain');
    if (!form || !text || text.indexOf('\t') < 0 || event.target.closest('input, textarea, select')) return;
    event.preventDefault();
    form.querySelector('textarea').value = text;
    form.submit();
  });

  /* ---- Remarks on cells of a frozen table ---- */
  let remark = doc.querySelector('form[data-remark]');
  function pickLine(row, column) {
    all('tr.picked').forEach(r => r.classList.remove('picked'));
    row.classList.add('picked');
    remark.elements.line_no.value = get(row, 'data-line');
    remark.elements.column_id.value = column || '';
    row.scrollIntoView({ block: 'nearest' });
  }
  if (remark) {
    on('click', event => {
      let cell = event.target.closest('tr[data-line] td');
      if (!cell) return;
      pickLine(cell.parentElement, get(cell, 'data-column') === 'no' ? '' : get(cell, 'data-column'));
      remark.elements.text.focus();
    });
    on('keydown', event => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, textarea, select')) return;
      let rows = all('tr[data-line]'), at = rows.findIndex(r => r.classList.contains('picked'));
      let next = { j: at + 1, k: at - 1 }[event.key];
      if (next !== undefined && rows[next]) pickLine(rows[next]);
      if (event.key === 'r') { event.preventDefault(); remark.elements.text.focus(); }
    });
  }

  /* ---- Start ---- */
  doc.documentElement.classList.add('js');
  if (window.matchMedia('(max-width: 680px)').matches) all('details[data-fold]').forEach(e => { e.open = false; });
  helpers();
  money();
  conditional();
  /* Done is done: the next visit of the list begins without ticks. */
  let done = doc.querySelector('.flash-done');
  all('form[data-keep-ticks]').forEach(form => {
    if (done) memory.set(tickKey(form), '[]');
    let name = tickName(form), ids = kept(form);
    if (name) boxes(form, name).forEach(b => { if (ids.indexOf(b.value) >= 0) b.checked = true; });
  });
  all('form').forEach(count);
  all('table[data-sortable]').forEach(sortable);
  all('button[data-copy], button[data-print]').forEach(b => { b.hidden = false; });
  /* A form that came back with errors holds unsaved input. */
  if (doc.querySelector('.error-summary')) all('form[data-guard]').forEach(form => form.setAttribute('data-dirty', ''));
  errorSummary();
})();
